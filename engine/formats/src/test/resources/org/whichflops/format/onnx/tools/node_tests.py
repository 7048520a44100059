"""Writes ONNX's own node tests as models of one node each, with the shapes of their outputs.

Inputs that hold whole numbers, truth values or text become initializers, as do empty tensors and real numbers
that decide about shapes (Resize's scales and the like); what is left is the network's input. Each test is its name, the shapes of its outputs
(both as Java's writeUTF), and the model behind its length.
    python node_tests.py node-tests.gz        (onnx and numpy installed)
"""
import gzip, struct, sys
import numpy as np, onnx
from onnx import numpy_helper, TensorProto
from onnx.backend.test.case.node import collect_testcases
import onnx.backend.test.case as case

rows=0; z=gzip.GzipFile(sys.argv[1],'wb',9,mtime=0)
def utf(t):
    b=t.encode(); return struct.pack('>H',len(b))+b
REAL={TensorProto.FLOAT,TensorProto.DOUBLE,TensorProto.FLOAT16,TensorProto.BFLOAT16}
CONFIG={'Resize':(1,2,3),'Upsample':(1,),'Range':(0,1,2),'Clip':(1,2),'Pad':(2,),'ConstantOfShape':(0,), 'Dropout':(1,)}
skipped=0
for c in collect_testcases(None):
    m=c.model
    if m is None or not c.data_sets or len(m.graph.node)<1: continue
    ins,outs=c.data_sets[0]
    if any(isinstance(x,(list,dict)) or x is None for x in list(ins)+list(outs)): skipped+=1; continue
    m=onnx.ModelProto.FromString(m.SerializeToString())
    keep=[]; live=0
    op=m.graph.node[0].op_type
    arrs={}
    for i,(vi,a) in enumerate(zip(m.graph.input,ins)):
        a=numpy_helper.to_array(a) if isinstance(a,onnx.TensorProto) else np.asarray(a)
        try: t=numpy_helper.from_array(a,vi.name) if not isinstance(ins[i],onnx.TensorProto) else ins[i]
        except Exception: t=None
        real=vi.type.tensor_type.elem_type in REAL and a.size>0 and not (i in CONFIG.get(op,()))
        arrs[vi.name]=(vi,a,t,real)
    anyreal=any(v[3] for v in arrs.values())
    if not anyreal:
        # the first input with elements stays the network's
        first=next((n for n,v in arrs.items() if v[1].size>0),None)
        if first is None or op in CONFIG and list(arrs).index(first) in CONFIG[op]: skipped+=1; continue
        arrs[first]=arrs[first][:3]+(True,)
    if any(v[2] is None and not v[3] for v in arrs.values()): skipped+=1; continue
    del m.graph.input[:]
    for n,(vi,a,t,real) in arrs.items():
        if real:
            m.graph.input.append(onnx.helper.make_tensor_value_info(n, vi.type.tensor_type.elem_type, list(a.shape)))
        else:
            t=onnx.TensorProto.FromString(t.SerializeToString()); t.name=n
            m.graph.initializer.append(t)
    del m.graph.value_info[:]
    shapes=[]
    for o in m.graph.output: 
        o.type.tensor_type.ClearField('shape')
    for a in outs:
        a=numpy_helper.to_array(a) if isinstance(a,onnx.TensorProto) else np.asarray(a)
        shapes.append('x'.join(map(str,a.shape)) if a.shape else 'scalar')
    m.doc_string=''; 
    for n in m.graph.node: n.doc_string=''
    if m.opset_import[0].version<7 or any(o.domain.startswith('ai.onnx.') for o in m.opset_import): skipped+=1; continue
    b=m.SerializeToString(deterministic=True); rows+=1
    z.write(utf(c.name)+utf(' '.join(shapes))+struct.pack('>I',len(b))+b)
z.close()
print(rows,'tests',skipped,'skipped')

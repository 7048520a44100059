"""Writes ONNX's node tests once more for each older version of an operator, with the shapes that ONNX Runtime returns.

A test of today's operator becomes one of an operator set from 7 to 22 in which an older version of it is in force: what
is an input today was an attribute then (axes, starts, k, scales), what is an attribute today may not have been there.
Kept is what ONNX's checker accepts and ONNX Runtime, or else ONNX's reference evaluator, runs; three tests a version,
those first that differ most. The format is that of node_tests.py.
    python older_node_tests.py older-node-tests.gz        (onnx, onnxruntime and numpy installed)
"""
import copy, gzip, struct, sys, warnings
from collections import defaultdict
import numpy as np, onnx, onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper
from onnx.backend.test.case.node import collect_testcases
import onnx.backend.test.case as case
warnings.filterwarnings("ignore"); ort.set_default_logger_severity(4)

OLDEST,NEWEST,MOST=7,22,3
VERSIONS=defaultdict(list)
for s in onnx.defs.get_all_schemas_with_history():
    if s.domain=='': VERSIONS[s.name].append(s)
for v in VERSIONS.values(): v.sort(key=lambda s:s.since_version)

def in_force(op,opset):
    found=[s for s in VERSIONS[op] if s.since_version<=opset]
    return found[-1] if found else None

def opsets(op):
    """Each older version in force from 7 to 22 with the operator sets that have it, newest first."""
    by=defaultdict(list)
    for o in range(NEWEST,OLDEST-1,-1):
        s=in_force(op,o)
        if s: by[s.since_version].append(o)
    return by

REAL={TensorProto.FLOAT,TensorProto.DOUBLE,TensorProto.FLOAT16,TensorProto.BFLOAT16}
CONFIG={'Resize':(1,2,3),'Upsample':(1,),'Range':(0,1,2),'Clip':(1,2),'Pad':(2,),'ConstantOfShape':(0,),'Dropout':(1,)}
# Inputs that were attributes: operator, up to which version, input's number, attribute, whether a list.
WERE_ATTRIBUTES=[('Reduce',17,1,'axes',True),('ReduceSum',12,1,'axes',True),('Squeeze',12,1,'axes',True),('Unsqueeze',12,1,'axes',True),
    ('Split',12,1,'split',True),('Slice',9,1,'starts',True),('Slice',9,2,'ends',True),('Slice',9,3,'axes',True),
    ('Pad',10,1,'pads',True),('Pad',10,2,'value',False),('Clip',10,1,'min',False),('Clip',10,2,'max',False),
    ('TopK',9,1,'k',False),('Upsample',8,1,'scales',True),('Dropout',11,1,'ratio',False)]

def was_attribute(op,version):
    for name,last,i,attribute,many in WERE_ATTRIBUTES:
        if version<=last and (op==name or name=='Reduce' and op.startswith('Reduce') and op!='ReduceSum'): yield i,attribute,many

def extra_cases():
    """Operators that today's tests have no more."""
    f=lambda *s: np.random.rand(*s).astype(np.float32)
    def one(name,op,arrays,outputs=1,**attributes):
        names=["i%d"%i if a is not None else "" for i,a in enumerate(arrays)]
        node=helper.make_node(op,names,["o%d"%i for i in range(outputs)],**attributes)
        given=[(n,a) for n,a in zip(names,arrays) if a is not None]
        graph=helper.make_graph([node],"g",[helper.make_tensor_value_info(n,helper.np_dtype_to_tensor_dtype(a.dtype),a.shape) for n,a in given],
            [helper.make_tensor_value_info(o,TensorProto.FLOAT,None) for o in node.output])
        return name,helper.make_model(graph,opset_imports=[helper.make_opsetid("",NEWEST)]),[a for n,a in given]
    yield one("upsample_nearest","Upsample",[f(1,2,3,4),np.array([1,1,2,3],np.float32)],mode="nearest")
    yield one("upsample_linear","Upsample",[f(1,2,3,4),np.array([1,1,2.5,2],np.float32)],mode="linear")
    yield one("resize_scales","Resize",[f(1,2,3,4),np.array([1,1,1.5,0.6],np.float32)],mode="nearest")
    yield one("resize_linear","Resize",[f(1,2,3,4),np.array([1,1,2,2],np.float32)],mode="linear")
    roi=np.array([],np.float32)
    yield one("resize_11_scales","Resize",[f(1,2,3,4),roi,np.array([1,1,2,3],np.float32)],mode="nearest")
    yield one("resize_11_sizes","Resize",[f(1,2,3,4),roi,roi,np.array([1,2,7,9],np.int64)],mode="linear",coordinate_transformation_mode="align_corners")
    yield one("batchnorm_inference","BatchNormalization",[f(2,3,4,5),f(3),f(3),f(3),f(3)])
    yield one("batchnorm_not_spatial","BatchNormalization",[f(2,3,4),f(3,4),f(3,4),f(3,4),f(3,4)],spatial=0)
    yield one("batchnorm_2d","BatchNormalization",[f(5,3),f(3),f(3),f(3),f(3)],epsilon=1e-3,momentum=0.8)
    yield one("scatter_axis","Scatter",[f(1,5),np.array([[1,3]],np.int64),f(1,2)],axis=1)
    yield one("scatter_default","Scatter",[f(3,3),np.array([[1,0,2]],np.int64),f(1,3)])
    yield one("groupnorm_of_groups","GroupNormalization",[f(2,4,3,3),f(2),f(2)],num_groups=2)
    yield one("dropout_plain","Dropout",[f(3,4)]); yield one("dropout_ratio_attribute","Dropout",[f(3,4)],ratio=0.1)
    yield one("dropout_mask","Dropout",[f(3,4)],outputs=2)
    yield one("softmax_coerced","Softmax",[f(2,3,4,5)],axis=2); yield one("logsoftmax_coerced","LogSoftmax",[f(2,3,4)],axis=0); yield one("hardmax_coerced","Hardmax",[f(2,3,4)])
    yield one("topk_attribute","TopK",[f(3,5)],outputs=2,k=3); yield one("topk_axis_attribute","TopK",[f(3,5)],outputs=2,k=2,axis=0)
    yield one("topk_input","TopK",[f(3,5),np.array([3],np.int64)],outputs=2,axis=1)
    yield one("slice_attributes","Slice",[f(5,6,7)],starts=[1,-3],ends=[9,6],axes=[0,2]); yield one("slice_no_axes","Slice",[f(5,6)],starts=[0,1],ends=[-1,1000])
    yield one("pad_attributes","Pad",[f(2,3)],pads=[1,0,0,2],mode="constant",value=1.5); yield one("pad_reflect_attributes","Pad",[f(1,1,4,5)],pads=[0,0,1,1,0,0,2,1],mode="reflect")
    yield one("clip_attributes","Clip",[f(3,4)],min=-1.0,max=1.0); yield one("clip_one_attribute","Clip",[f(3,4)],max=1.0)
    yield one("split_attribute","Split",[f(6,4)],outputs=2,split=[2,4],axis=0); yield one("split_equal","Split",[f(6,4)],outputs=3,axis=0)
    yield one("maxpool_indices","MaxPool",[f(1,2,7,7)],outputs=2,kernel_shape=[3,3],strides=[2,2])
    yield one("maxpool_ceil","MaxPool",[f(1,2,7,8)],kernel_shape=[2,2],strides=[2,2],ceil_mode=1)
    yield one("maxpool_dilated","MaxPool",[f(1,2,9,9)],kernel_shape=[3,3],dilations=[2,2]); yield one("maxpool_same","MaxPool",[f(1,2,9,8)],kernel_shape=[3,3],strides=[2,2],auto_pad="SAME_LOWER")
    yield one("averagepool_ceil","AveragePool",[f(1,2,7,8)],kernel_shape=[2,2],strides=[2,2],ceil_mode=1); yield one("averagepool_pads","AveragePool",[f(1,2,7,8)],kernel_shape=[3,3],pads=[1,1,1,1],count_include_pad=1)
    yield one("lppool_2d","LpPool",[f(1,2,7,8)],kernel_shape=[2,2],p=2); yield one("globallppool","GlobalLpPool",[f(1,2,7,8)],p=2)
    yield one("maxroipool","MaxRoiPool",[f(1,2,7,8),np.array([[0,0,0,3,3],[0,1,1,4,5]],np.float32)],pooled_shape=[2,3])
    yield one("convtranspose_output_shape","ConvTranspose",[f(1,2,3,3),f(2,4,3,3)],strides=[2,2],output_shape=[6,6])
    for layer,gates,outs in (("LSTM",4,3),("GRU",3,2),("RNN",1,2)):
        for way,dirs in (("forward",1),("reverse",1),("bidirectional",2)):
            yield one("%s_%s"%(layer.lower(),way),layer,[f(5,2,3),f(dirs,gates*4,3),f(dirs,gates*4,4),f(dirs,gates*8)],outputs=outs,hidden_size=4,direction=way)
    yield one("scan_8","Scan",[])if False else one("identity","Identity",[f(2,3)])
    yield one("randomnormallike","RandomNormalLike",[f(2,3)]); yield one("randomuniformlike","RandomUniformLike",[f(2,3)])
    yield one("multinomial","Multinomial",[f(2,5)],sample_size=3)
    yield one("reshape","Reshape",[f(2,3,4),np.array([0,-1],np.int64)]); yield one("flatten_axis","Flatten",[f(2,3,4,5)],axis=2)
    yield one("prelu_slope","PRelu",[f(2,3,4,4),f(3,1,1)]); yield one("gemm_bias","Gemm",[f(3,4),f(5,4),f(1,5)],transB=1); yield one("gemm_plain","Gemm",[f(3,4),f(4,5),f(5)],beta=0.5)

def old_form(model,arrays,op,version,opset):
    """The same test for an older version, None where that could not say it; with what each input holds."""
    m=onnx.ModelProto.FromString(model.SerializeToString())
    del m.opset_import[:]; m.opset_import.append(helper.make_opsetid("",opset)); m.ir_version={7:3,8:3,9:4,10:5,11:6,12:7,13:7,14:7}.get(opset,8)
    values={vi.name:a for vi,a in zip(m.graph.input,arrays)}
    for node in m.graph.node:
        if node.op_type!=op: continue
        for i,attribute,many in sorted(was_attribute(op,version),reverse=True):
            if len(node.input)>i and node.input[i]:
                if node.input[i] not in values: return None
                a=values.pop(node.input[i])
                if many and a.size==0: pass
                elif many: node.attribute.append(helper.make_attribute(attribute,[float(x) if a.dtype.kind=='f' else int(x) for x in a.ravel()]))
                else: node.attribute.append(helper.make_attribute(attribute,float(a.ravel()[0]) if a.dtype.kind=='f' else int(a.ravel()[0])))
            if len(node.input)>i: node.input[i]=""
        while node.input and not node.input[-1]: node.input.pop()
        schema=in_force(op,opset)
        kept=[a for a in node.attribute if a.name in schema.attributes]
        if any(a.name not in ('num_outputs','allowzero','noop_with_empty_axes','stash_type') for a in node.attribute if a not in kept): return None
        del node.attribute[:]; node.attribute.extend(kept)
    left=[vi for vi in m.graph.input if vi.name in values]
    del m.graph.input[:]; m.graph.input.extend(left)
    return m,[values[vi.name] for vi in left]

def run(m,arrays):
    feed={vi.name:a for vi,a in zip(m.graph.input,arrays)}
    try: return ort.InferenceSession(m.SerializeToString(),providers=["CPUExecutionProvider"]).run(None,feed),"ort"
    except Exception: pass
    try: return onnx.reference.ReferenceEvaluator(m).run(None,feed),"reference"
    except Exception: return None,None

def pack(m,arrays,outs):
    """One input stays the network's; the others become initializers. None where no input can."""
    m=onnx.ModelProto.FromString(m.SerializeToString()); op=m.graph.node[0].op_type
    real=[vi.type.tensor_type.elem_type in REAL and a.size>0 and i not in CONFIG.get(op,()) for i,(vi,a) in enumerate(zip(m.graph.input,arrays))]
    if not any(real):
        first=next((i for i,a in enumerate(arrays) if a.size>0),None)
        if first is None or first in CONFIG.get(op,()): return None
        real[first]=True
    inputs=list(m.graph.input); del m.graph.input[:]
    for vi,a,live in zip(inputs,arrays,real):
        if live: m.graph.input.append(helper.make_tensor_value_info(vi.name,vi.type.tensor_type.elem_type,list(a.shape)))
        else: m.graph.initializer.append(numpy_helper.from_array(a,vi.name))
    del m.graph.value_info[:]
    for o in m.graph.output: o.type.tensor_type.ClearField('shape')
    m.doc_string=''
    for n in m.graph.node: n.doc_string=''
    return m.SerializeToString(deterministic=True),' '.join('x'.join(map(str,np.shape(a))) or 'scalar' for a in outs)

def tests():
    for name,m,arrays in extra_cases(): yield name,m,arrays
    for c in collect_testcases(None):
        m=c.model
        if m is None or not c.data_sets or len(m.graph.node)!=1 or m.graph.node[0].domain: continue
        ins=c.data_sets[0][0]
        if any(isinstance(x,(list,dict)) or x is None for x in ins): continue
        try: arrays=[numpy_helper.to_array(a) if isinstance(a,onnx.TensorProto) else np.asarray(a) for a in ins]
        except Exception: continue
        if len(arrays)!=len(m.graph.input) or any(a.dtype.kind not in 'fiub' for a in arrays): continue
        yield c.name.replace("test_",""),m,arrays

if __name__=="__main__":
    np.random.seed(0)
    found=defaultdict(list); truths=defaultdict(int)
    for name,m,arrays in tests():
        op=m.graph.node[0].op_type
        for version,sets in opsets(op).items():
            if len(found[op,version])>=MOST: continue
            for opset in (sets[0],sets[-1]) if len(sets)>1 else sets:
                old=old_form(m,arrays,op,version,opset)
                if old is None: continue
                try: onnx.checker.check_model(old[0])
                except Exception: continue
                outs,truth=run(*old)
                if outs is None or any(not hasattr(o,'shape') for o in outs): continue
                packed=pack(old[0],old[1],outs)
                if packed is None: continue
                truths[truth]+=1; found[op,version].append(("%s of %d"%(name,opset),packed)); break
    z=gzip.GzipFile(sys.argv[1],'wb',9,mtime=0)
    def utf(t):
        b=t.encode(); return struct.pack('>H',len(b))+b
    for key in sorted(found):
        for name,(b,shapes) in found[key]: z.write(utf(name)+utf(shapes)+struct.pack('>I',len(b))+b)
    z.close()
    every={(op,v) for op in VERSIONS for v in opsets(op) if not in_force(op,v).deprecated}
    missing=sorted(k for k in every if not found[k])
    print(sum(map(len,found.values())),"tests of",len([k for k in found if found[k]]),"versions,",dict(truths)); print("without a test:",' '.join("%s-%d"%k for k in missing))
